namespace DreamPlatform.Web.Site.Forms;

/// <summary>What is wrong with a field, by the sentence of the API.</summary>
public sealed class FieldText;
