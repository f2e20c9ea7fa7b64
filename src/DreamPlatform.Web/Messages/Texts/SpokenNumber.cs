namespace DreamPlatform.Web.Messages.Texts;

/// <summary>How people name a wish or a gift on the phone: the random end of its id, in groups that can be read out.</summary>
internal static class SpokenNumber
{
    private const int Signs = 12, Group = 4;

    public static string Of(Guid id) => string.Join(
        '-', id.ToString("N")[^Signs..].ToUpperInvariant().Chunk(Group).Select(group => new string(group)));
}
