namespace DreamPlatform.Web.Site.Proofs;

/// <summary>The words of files and statements that prove something.</summary>
public sealed class EvidenceText;
