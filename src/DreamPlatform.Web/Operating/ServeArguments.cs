namespace DreamPlatform.Web.Operating;

/// <summary>What the command line says about serving.</summary>
/// <param name="Demo">Whether an empty database is filled with demo data.</param>
/// <param name="Data">The folder that holds everything the platform keeps.</param>
/// <param name="Urls">Where to listen; the configuration's "urls" or the default when null.</param>
/// <param name="Role">Which part of the platform this process is.</param>
public sealed record ServeArguments(bool Demo, string Data, string? Urls, ProcessRole Role = ProcessRole.All)
{
    /// <summary>Whether grains live here.</summary>
    public bool IsSilo => Role is ProcessRole.All or ProcessRole.Silo;

    /// <summary>Whether people and programs are answered here.</summary>
    public bool IsWeb => Role is ProcessRole.All or ProcessRole.Web;
}

/// <summary>Which part of a platform a process is.</summary>
public enum ProcessRole
{
    /// <summary>All of it.</summary>
    All,

    /// <summary>Where grains live and what is due is carried out.</summary>
    Silo,

    /// <summary>The website and the API, as a client of the silos; it sends the mail too.</summary>
    Web,
}
