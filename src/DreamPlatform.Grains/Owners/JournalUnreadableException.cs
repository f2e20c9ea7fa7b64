namespace DreamPlatform.Grains.Owners;

/// <summary>An event of a stream cannot be read. Nothing happens to the stream; others are not affected.</summary>
[GenerateSerializer, Alias("journal-unreadable.v1")]
public sealed class JournalUnreadableException(string stream) : Exception($"An event of {stream} cannot be read.");
