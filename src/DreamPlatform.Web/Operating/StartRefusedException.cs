namespace DreamPlatform.Web.Operating;

/// <summary>The process cannot do what it was started for; the message says in one line what to change.</summary>
public sealed class StartRefusedException(string message) : Exception(message);
