namespace DreamPlatform.Faults;

/// <summary>Something that goes wrong with real processes, and what must hold all the same.</summary>
internal interface IFault
{
    /// <summary>As it is called on the command line.</summary>
    string Name { get; }

    /// <summary>Makes the fault and checks; the figures that came out.</summary>
    /// <exception cref="BrokenException">Something does not hold.</exception>
    Task<string> RunAsync(Stage stage, CancellationToken stop);
}

/// <summary>Something that must hold does not.</summary>
internal sealed class BrokenException(string message) : Exception(message)
{
    public static void Unless(bool holds, string message)
    {
        if (!holds) throw new BrokenException(message);
    }
}
