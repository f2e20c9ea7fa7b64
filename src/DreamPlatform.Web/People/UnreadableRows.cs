using DreamPlatform.Web.Errors;

namespace DreamPlatform.Web.People;

/// <summary>
/// A private row that cannot be opened cannot be removed by its grain either. It must not keep the rest of a person from being
/// erased: without their key it is nothing but noise.
/// </summary>
internal static partial class UnreadableRows
{
    /// <summary>Does it, or notes that a row was in the way.</summary>
    public static async Task OrUnreadable(this ILogger logger, string what, Func<Task> forget)
    {
        try
        {
            await forget();
        }
        catch (Exception exception) when (RequestErrors.IsUnreadable(exception))
        {
            Unreadable(logger, what, exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "A private row of {What} cannot be opened; it is left behind without its key.")]
    private static partial void Unreadable(ILogger logger, string what, Exception exception);
}
