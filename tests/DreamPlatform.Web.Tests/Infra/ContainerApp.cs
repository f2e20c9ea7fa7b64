using System.Text.Json;

namespace DreamPlatform.Web.Tests.Infra;

/// <summary>A container app, as it is deployed.</summary>
internal sealed record ContainerApp(JsonElement Resource)
{
    public string Name => Resource.GetProperty("name").GetString()!;

    public JsonElement Configuration => Resource.GetProperty("properties").GetProperty("configuration");

    public JsonElement Template => Resource.GetProperty("properties").GetProperty("template");

    public JsonElement Scale => Template.GetProperty("scale");

    public JsonElement Container => Assert.Single(Template.GetProperty("containers").EnumerateArray());

    /// <summary>Where it listens and is reached, if not for HTTP: port and exposed port.</summary>
    public (int Port, int Exposed)[] TcpPorts
    {
        get
        {
            var ingress = Configuration.GetProperty("ingress");
            return [.. ingress.GetProperty("additionalPortMappings").EnumerateArray().Prepend(ingress)
                .Select(it => (it.GetProperty("targetPort").GetInt32(), it.GetProperty("exposedPort").GetInt32()))];
        }
    }

    /// <summary>What it runs with, by the names that settings have.</summary>
    public IReadOnlyDictionary<string, string> Settings => Read(Container);

    /// <summary>What runs before it, by the names that settings have.</summary>
    public IReadOnlyDictionary<string, string> StartingSettings =>
        Read(Assert.Single(Template.GetProperty("initContainers").EnumerateArray()));

    public IReadOnlyDictionary<string, string> Secrets => Configuration.GetProperty("secrets").EnumerateArray()
        .ToDictionary(it => it.GetProperty("name").GetString()!, it => it.GetProperty("keyVaultUrl").GetString()!);

    public JsonElement Probe(string kind) => Assert.Single(
        Container.GetProperty("probes").EnumerateArray(), it => it.GetProperty("type").GetString() == kind);

    private static Dictionary<string, string> Read(JsonElement container) =>
        container.GetProperty("env").EnumerateArray().ToDictionary(
            it => it.GetProperty("name").GetString()!.Replace("__", ":", StringComparison.Ordinal),
            it => it.TryGetProperty("secretRef", out var secret)
                ? $"secret {secret.GetString()}"
                : it.GetProperty("value").GetString()!);
}
