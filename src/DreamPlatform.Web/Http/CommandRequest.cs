using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Operating;
using Microsoft.AspNetCore.Http.Metadata;

namespace DreamPlatform.Web.Http;

/// <summary>
/// What a request says about itself as a command: who sends it, under which idempotency key, and which version they
/// have seen.
/// </summary>
public class CommandRequest : IEndpointParameterMetadataProvider
{
    private readonly HttpContext http;
    private readonly CommandId id;
    private readonly long? expectedVersion;

    private protected CommandRequest(HttpContext http, Caller caller, IdempotencyKey? key, IfMatch? match)
    {
        this.http = http;
        Actor = caller.Actor;
        id = key?.Command ?? new CommandId(Guid.CreateVersion7());
        expectedVersion = match?.Version;
    }

    public Actor Actor { get; }

    public static async ValueTask<CommandRequest?> BindAsync(HttpContext http) => new(
        http, (await Caller.BindAsync(http))!, await IdempotencyKey.BindAsync(http), await IfMatch.BindAsync(http));

    /// <summary>A page's form as a command. Its key is as old as the form, so sending it twice is harmless.</summary>
    /// <param name="version">The version that the form shows; null if any will do.</param>
    public static CommandRequest Of(HttpContext http, IdempotencyKey key, long? version = null) =>
        new(http, Caller.Of(http)!, key, new IfMatch(version));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(IdempotencyKey.Documented(isRequired: false));
        IfMatch.PopulateMetadata(parameter, builder);
    }

    /// <summary>The command in its envelope.</summary>
    /// <param name="publicBody">What the body asks for, less its private parts; tells a repeat from a reused
    /// key.</param>
    public Envelope Envelope(Command command, object? publicBody = null) =>
        new(id, Actor, Fingerprint(publicBody), command, expectedVersion);

    /// <summary>The second command of a request that needs two; its id follows from the first.</summary>
    public Envelope Following(Command command, object? publicBody = null) =>
        Envelope(command, publicBody) with
        {
            Id = new CommandId(Derived.Id($"{id}/following")),
            ExpectedVersion = null,
        };

    /// <summary>An id for what this request makes: the same when the request comes again.</summary>
    public Guid DerivedId() => Derived.TimeOrderedId(
        id.Value.Version == 7 ? Derived.TimeOf(id.Value) : DateTimeOffset.UnixEpoch, id.Value, Actor.Id.Value);

    private Fingerprint Fingerprint(object? publicBody)
    {
        var body = JsonSerializer.Serialize(publicBody, publicBody?.GetType() ?? typeof(object));
        var whose = Actor.ActingFor is { } applicant ? $"{applicant} " : "";
        return new Fingerprint(http.RequestServices.GetRequiredService<PlatformSecret>()
            .IdOf($"{http.Request.Method} {http.Request.Path.Value!.ToUpperInvariant()} {whose}{body}"));
    }
}

/// <summary>A command that moves money: without an idempotency key it is not even read.</summary>
public sealed class MoneyRequest : CommandRequest, IEndpointParameterMetadataProvider
{
    private MoneyRequest(HttpContext http, Caller caller, IdempotencyKey? key, IfMatch? match)
        : base(http, caller, key, match)
    {
    }

    public static new async ValueTask<MoneyRequest?> BindAsync(HttpContext http) => new(
        http, (await Caller.BindAsync(http))!, await IdempotencyKey.BindAsync(http), await IfMatch.BindAsync(http));

    public static new MoneyRequest Of(HttpContext http, IdempotencyKey key, long? version = null) =>
        new(http, Caller.Of(http)!, key, new IfMatch(version));

    public static new void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(IdempotencyKey.Documented(isRequired: true));
        IfMatch.PopulateMetadata(parameter, builder);
    }
}

/// <summary>A secret of this platform: what is hashed with it cannot be guessed from outside.</summary>
public sealed class PlatformSecret(byte[] key)
{
    private const int Bytes = 32;

    /// <summary>The secret in a file, which is made when there is none.</summary>
    public static PlatformSecret In(string path)
    {
        if (!File.Exists(path)) Make(path);
        var key = File.ReadAllBytes(path);
        return key.Length == Bytes
            ? new PlatformSecret(key)
            : throw new StartRefusedException(
                $"{path} is damaged: it must have {Bytes} bytes. Restore it from a backup.");
    }

    /// <summary>The secret that all processes of a platform derive from the same data key.</summary>
    public static PlatformSecret From(byte[] dataKey) =>
        new(HKDF.DeriveKey(HashAlgorithmName.SHA256, dataKey, Bytes, info: "dreamplatform/platform-secret"u8.ToArray()));

    /// <summary>A keyed hash of a text, as an id.</summary>
    public Guid IdOf(string text) => new(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private static void Make(string path)
    {
        var fresh = $"{path}.{Guid.CreateVersion7():N}";
        using (var file = new FileStream(fresh, FileMode.CreateNew))
        {
            file.Write(RandomNumberGenerator.GetBytes(Bytes));
            file.Flush(flushToDisk: true);
        }

        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(fresh, path);
    }
}
