namespace DreamPlatform.Web.Site.Forms;

/// <summary>Why something was refused, by the code of the problem.</summary>
public sealed class ProblemText;
