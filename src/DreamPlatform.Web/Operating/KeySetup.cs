using DreamPlatform.Storage;
using DreamPlatform.Storage.Keys;
using DreamPlatform.Web.Http;

namespace DreamPlatform.Web.Operating;

/// <summary>"Keys": where the key-encryption key is, apart from the data.</summary>
public sealed class KeySettings
{
    /// <summary>The folder with the key files; the data folder's name with "-keys" when not set.</summary>
    public string? Folder { get; set; }

    /// <summary>32 bytes as base64: the key itself instead of files, for processes that share a database.</summary>
    public string? Secret { get; set; }

    /// <summary>The secret before, while it is replaced.</summary>
    public string? PreviousSecret { get; set; }
}

/// <summary>Opens the keys of a platform.</summary>
internal static class KeySetup
{
    /// <summary>In whose name the shared secret is kept: no person's, so nobody's erasure destroys it.</summary>
    private static readonly Guid SecretHolder = new("00000000-0000-8000-8000-736563726574");

    private const UnixFileMode OwnersAlone =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void AddKeys(this WebApplicationBuilder builder, DataDirectory data)
    {
        builder.AddSettings<KeySettings>("Keys")
            .Validate(
                keys => IsSecret(keys.Secret) && IsSecret(keys.PreviousSecret),
                "Set Keys:Secret and Keys:PreviousSecret to 32 bytes as base64, or leave them out.")
            .Validate(
                keys => keys.Secret is null || keys.Folder is null, "Set Keys:Folder or Keys:Secret, not both.")
            .Validate(
                keys => keys.Secret is not null || keys.PreviousSecret is null,
                "Set Keys:PreviousSecret only together with Keys:Secret.");
        var configuration = builder.Configuration;
        builder.Services.AddSingleton(_ => Folder(data, configuration));
        builder.Services.AddSingleton(provider => Secret(provider, configuration["Database:Postgres"]));
        builder.Services.AddSingleton(provider => Keys(provider.GetRequiredService<KeyPlace>(), configuration));
        builder.Services.AddSingleton(provider => Open(
            provider.GetRequiredService<KeyPlace>(), configuration, provider.GetRequiredService<IKeyEncryptionKeys>(),
            provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>The data keys of a platform, for a command beside its server.</summary>
    public static PersonKeys Open(DataDirectory data, IConfiguration configuration)
    {
        var place = Folder(data, configuration);
        return Open(place, configuration, Keys(place, configuration), TimeProvider.System);
    }

    private static PersonKeys Open(
        KeyPlace place, IConfiguration configuration, IKeyEncryptionKeys keys, TimeProvider time)
    {
        var person = configuration["Database:Postgres"] is { } server
            ? new PersonKeys(PostgresServer.Open(server, settings => settings.MaxPoolSize = 10), keys, time)
            : new PersonKeys(new SqliteFile(Path.Combine(place.Path, "person-keys.db")), keys, time);
        person.Prepare();
        person.Check().GetAwaiter().GetResult();
        return person;
    }

    private static IKeyEncryptionKeys Keys(KeyPlace place, IConfiguration configuration) =>
        configuration["Keys:Secret"] is { } secret
            ? new KeySecrets(secret, configuration["Keys:PreviousSecret"])
            : new KeyFolder(place.Path);

    /// <summary>A file beside the keys; processes that share a server share the secret too.</summary>
    private static PlatformSecret Secret(IServiceProvider provider, string? postgres) =>
        postgres is null
            ? PlatformSecret.In(Path.Combine(provider.GetRequiredService<KeyPlace>().Path, "platform.secret"))
            : PlatformSecret.From(
                provider.GetRequiredService<PersonKeys>().ForSealing(SecretHolder).AsTask().GetAwaiter().GetResult());

    private static KeyPlace Folder(DataDirectory data, IConfiguration configuration)
    {
        var folder = configuration["Keys:Folder"] ?? data.Path.TrimEnd(Path.DirectorySeparatorChar) + "-keys";
        if (IsWithin(data.Path, Path.GetFullPath(folder)))
            throw new StartRefusedException(
                $"The keys must not be kept with the data. Set Keys:Folder to a folder outside of {data}.");
        var path = DataDirectory.Create(folder).Path;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnersAlone) != 0)
            throw new StartRefusedException($"Others can read the keys in {path}. Do this: chmod 700 {path}");
        return new KeyPlace(path);
    }

    private static bool IsWithin(string folder, string path) =>
        (path + Path.DirectorySeparatorChar).StartsWith(
            folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static bool IsSecret(string? text) => text is null || KeySecrets.IsSecret(text);

    /// <summary>The folder with keys.</summary>
    private sealed record KeyPlace(string Path);
}
