namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>Whether whoever holds a role must sign in with a second factor: everywhere but in the demo.</summary>
internal sealed record SecondFactorRule(bool AppliesToStaff)
{
    /// <summary>Whether the caller can do nothing before they sign in with a second factor.</summary>
    public bool Stops(Caller caller) => AppliesToStaff && caller.Actor.Roles.Count > 0 && !caller.HasSecondFactor;
}

/// <summary>Marks routes that do not wait for the second factor, because it is set up with them.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SecondFactorLater : Attribute
{
    public static readonly SecondFactorLater Instance = new();
}
