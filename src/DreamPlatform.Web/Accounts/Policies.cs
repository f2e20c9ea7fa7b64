namespace DreamPlatform.Web.Accounts;

/// <summary>Names of authorization policies.</summary>
public static class Policies
{
    /// <summary>Operators only: others are answered 403, somebody not signed in 401.</summary>
    public const string Operators = "Operators";
}
