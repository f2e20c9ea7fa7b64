namespace DreamPlatform.Web.Operating;

/// <summary>The commands that work on the data of a platform without serving it.</summary>
public static class JournalCommands
{
    /// <summary>Checks what must always hold, beside a server or without one.</summary>
    public static Task<int> VerifyAsync(DataDirectory data, CancellationToken stop) =>
        throw new StartRefusedException($"verify is not part of this build; {data} was left as it is.");

    /// <summary>Folds the read models anew; refused while a process serves.</summary>
    public static Task<int> RebuildAsync(DataDirectory data, CancellationToken stop) =>
        throw new StartRefusedException($"rebuild is not part of this build; {data} was left as it is.");
}
