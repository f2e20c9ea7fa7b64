namespace DreamPlatform.Web.Operating;

/// <summary>What the command line says about serving.</summary>
/// <param name="Demo">Whether an empty database is filled with demo data.</param>
/// <param name="Data">The folder that holds everything the platform keeps.</param>
/// <param name="Urls">Where to listen; the configuration's "urls" or the default when null.</param>
public sealed record ServeArguments(bool Demo, string Data, string? Urls);
