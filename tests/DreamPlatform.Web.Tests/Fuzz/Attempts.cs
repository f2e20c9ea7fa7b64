using System.Text.Json.Nodes;

namespace DreamPlatform.Web.Tests.Fuzz;

/// <summary>Ids of things that exist, for the addresses of requests.</summary>
public sealed record Ids(Guid[] Wishes, Guid Project, Guid Pledge);

/// <summary>A request that is wrong in some way.</summary>
public sealed record Attempt(
    HttpMethod Method, string Path, JsonNode Operation, string How, string? Body = null,
    string MediaType = "application/json", string? Key = null, string? IfMatch = null)
{
    public override string ToString() =>
        $"{Method} {Path} with {How} ({(Body is { Length: > 200 } ? Body[..200] + "…" : Body)})";
}

/// <summary>Makes wrong requests from the API's document.</summary>
public static class Attempts
{
    private static readonly (string How, string Json)[] WrongValues =
    [
        ("null", "null"), ("a number", "5"), ("a negative number", "-1"), ("zero", "0"), ("a fraction", "1.5"),
        ("a huge number", "99999999999999999999"), ("the largest long", "9223372036854775807"), ("a string", "\"x\""),
        ("an empty string", "\"\""), ("blanks", "\"   \""), ("a NUL", "\"a\\u0000b\""), ("half a surrogate pair", "\"\\ud800\""),
        ("a list", "[1]"), ("an object", "{\"a\":1}"), ("true", "true"), ("a long text", $"\"{new string('長', 6_000)}\""),
    ];

    private static readonly (string How, string Json)[] WrongBodies =
    [
        ("no JSON", "{"), ("nothing", ""), ("null", "null"), ("a list", "[]"), ("a string", "\"x\""), ("an empty object", "{}"),
        ("deep nesting", new string('[', 500) + new string(']', 500)), ("too large a body", $"{{\"a\":\"{new string('x', 300_000)}\"}}"),
        ("a member twice", "{\"amountMinor\":1,\"amountMinor\":2}"),
    ];

    public static IEnumerable<Attempt> Of(JsonNode document, Ids ids)
    {
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            // Signing in has its own tests; hashing a password a thousand times tells nothing more.
            if (path.StartsWith("/api/account/", StringComparison.Ordinal)) continue;
            foreach (var (method, operation) in item!.AsObject())
                foreach (var address in Addresses(path, ids))
                    foreach (var attempt in Of(document, new HttpMethod(method.ToUpperInvariant()), address, operation!))
                        yield return attempt;
        }
    }

    private static IEnumerable<Attempt> Of(JsonNode document, HttpMethod method, string path, JsonNode operation)
    {
        var key = Guid.CreateVersion7().ToString();
        foreach (var query in (string[])["limit=0", "limit=x", "limit=101", "after=%00", "after=nonsense", "sort=x", "status=x", "queue=x", "projectId=x", $"q={new string('x', 201)}", "q=%27%25%2A"])
        {
            if (method == HttpMethod.Get && Takes(operation, query.Split('=')[0]))
                yield return new Attempt(method, $"{path}?{query}", operation, query);
        }

        if (operation["requestBody"]?["content"]?["application/json"]?["schema"] is not { } reference)
        {
            yield return new Attempt(method, path, operation, "no body", Key: key);
            yield return new Attempt(method, path, operation, "a malformed key", Key: Takes(operation, "Idempotency-Key") ? "x" : null);
            yield break;
        }

        var schema = Resolve(document, reference);
        var valid = (JsonObject)Example(document, schema, depth: 0);
        foreach (var (how, json) in WrongBodies)
            yield return new Attempt(method, path, operation, how, json, Key: Guid.CreateVersion7().ToString());
        yield return new Attempt(method, path, operation, "another media type", valid.ToJsonString(), "text/plain", key);
        yield return new Attempt(method, path, operation, "a malformed key", valid.ToJsonString(), Key: "x");
        yield return new Attempt(method, path, operation, "a malformed version", valid.ToJsonString(), Key: key, IfMatch: "x");
        yield return new Attempt(method, path, operation, "an old version", valid.ToJsonString(), Key: key, IfMatch: "\"0\"");
        yield return new Attempt(method, path, operation, "the right form", valid.ToJsonString(), Key: key);
        yield return new Attempt(method, path, operation, "no key", valid.ToJsonString());
        foreach (var (name, _) in valid.ToArray())
        {
            var without = (JsonObject)valid.DeepClone();
            without.Remove(name);
            yield return new Attempt(method, path, operation, $"no {name}", without.ToJsonString(), Key: Guid.CreateVersion7().ToString());
            foreach (var (how, json) in WrongValues)
                yield return new Attempt(
                    method, path, operation, $"{how} as {name}", With(valid, name, json), Key: Guid.CreateVersion7().ToString());
        }
    }

    /// <summary>The body with a raw value in one place: some are not JSON that a tree could hold.</summary>
    private static string With(JsonObject body, string name, string json)
    {
        var marked = (JsonObject)body.DeepClone();
        marked[name] = "MARK";
        return marked.ToJsonString().Replace("\"MARK\"", json, StringComparison.Ordinal);
    }

    private static bool Takes(JsonNode operation, string parameter) =>
        operation["parameters"]?.AsArray().Any(p => p!["name"]!.GetValue<string>() == parameter) == true;

    private static IEnumerable<string> Addresses(string path, Ids ids)
    {
        if (!path.Contains('{')) return [path];
        string[] wanted = path.StartsWith("/api/wishes", StringComparison.Ordinal) || path.StartsWith("/api/me/wishes", StringComparison.Ordinal)
            || path.StartsWith("/api/reviews", StringComparison.Ordinal)
                ? [.. ids.Wishes.Select(id => id.ToString()), Guid.CreateVersion7().ToString(), ids.Pledge.ToString()]
                : path.StartsWith("/api/projects", StringComparison.Ordinal)
                    ? [ids.Project.ToString(), Guid.CreateVersion7().ToString(), ids.Wishes[0].ToString()]
                    : [ids.Pledge.ToString(), Guid.CreateVersion7().ToString(), "somebody@people.example", "a'%22;--"];
        return wanted.Select(id => System.Text.RegularExpressions.Regex.Replace(
            path, "{[^}]+}", match => match.Value == "{itemId}" ? Guid.CreateVersion7().ToString() : id));
    }

    private static JsonNode Resolve(JsonNode document, JsonNode schema) =>
        schema["$ref"]?.GetValue<string>() is { } reference
            ? document["components"]!["schemas"]![reference.Split('/')[^1]]!
            : schema;

    private static JsonNode Example(JsonNode document, JsonNode given, int depth)
    {
        var schema = Resolve(document, given);
        if (schema["oneOf"] is JsonArray any) return Example(document, any[^1]!, depth);
        if (schema["enum"] is JsonArray values) return values[0]!.DeepClone();
        var type = schema["type"] is JsonArray types ? types[^1]!.GetValue<string>() == "null" ? types[0] : types[^1] : schema["type"];
        switch (type?.GetValue<string>())
        {
            case "object" or null when depth < 5:
                var example = new JsonObject();
                foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
                    example[name] = Example(document, property!, depth + 1);
                return example;
            case "array":
                return new JsonArray(Example(document, schema["items"]!, depth + 1));
            case "integer" or "number":
                return 1;
            case "boolean":
                return false;
            default:
                return (schema["format"]?.GetValue<string>()) switch
                {
                    "uuid" => Guid.CreateVersion7().ToString(),
                    "date" => "2026-01-31",
                    _ => "x",
                };
        }
    }
}
