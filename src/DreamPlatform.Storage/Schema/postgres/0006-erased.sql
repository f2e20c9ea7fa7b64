-- A wish collects no more once its applicant is erased: it stands behind the last day of any other.

UPDATE wall SET closes_day = 0
  WHERE wish_id IN (SELECT id FROM wishes WHERE (state::jsonb->>'isApplicantErased')::boolean);

UPDATE schema_info SET version = 6;
