namespace DreamPlatform.Web.Site.SigningIn;

/// <summary>The words of signing in.</summary>
public sealed class SignInText;
