using DreamPlatform.Storage.Keys;

namespace DreamPlatform.Web.Operating;

/// <summary>The command that works on a platform's keys.</summary>
public static class KeyCommands
{
    /// <summary>Wraps every data key anew; servers go on meanwhile and need not be told.</summary>
    public static async Task<int> RotateAsync(DataDirectory data, CancellationToken stop)
    {
        try
        {
            var count = await KeySetup.Open(data, JournalCommands.Configuration()).Rotate(stop);
            Console.WriteLine($"{count} data keys are wrapped by a new key-encryption key; the older ones are gone.");
            return 0;
        }
        catch (KeyUnavailableException refused)
        {
            throw new StartRefusedException(refused.Message);
        }
    }
}
