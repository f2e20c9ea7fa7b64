using DreamPlatform.Grains.Hosting;

namespace DreamPlatform.Web.People;

/// <summary>
/// A private row that cannot be opened cannot be shown, nor be removed by its grain. It must not keep the rest of a
/// person from being shown or erased: without their key it is nothing but noise.
/// </summary>
internal static partial class UnreadableRows
{
    /// <summary>Does it, or notes that a row was in the way.</summary>
    public static Task OrUnreadable(this ILogger logger, string what, Func<Task> forget) =>
        logger.OrUnreadable(what, async () =>
        {
            await forget();
            return null;
        });

    /// <summary>Shows it, or that it cannot be read.</summary>
    public static async Task<object?> OrUnreadable(this ILogger logger, string what, Func<Task<object?>> show)
    {
        try
        {
            return await show();
        }
        catch (Exception exception) when (exception.Unreadable() is not null)
        {
            Unreadable(logger, what, exception);
            return new UnreadablePart(what);
        }
    }

    [LoggerMessage(LogLevel.Error, "A private row of {What} cannot be opened.")]
    private static partial void Unreadable(ILogger logger, string what, Exception exception);
}

/// <summary>Stands in somebody's download for what is held about them and cannot be read.</summary>
/// <param name="Unreadable">What it is.</param>
internal sealed record UnreadablePart(
    string Unreadable, string Detail = "This is held about you but cannot be read. The operator has been told.");
