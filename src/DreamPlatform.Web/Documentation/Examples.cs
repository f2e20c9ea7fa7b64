using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Web.Http;

namespace DreamPlatform.Web.Documentation;

/// <summary>
/// An example of each body, made from its type, so that none is forgotten and none is out of date. What a member is called
/// says what a likely value is.
/// </summary>
internal static class Examples
{
    private const int MaxDepth = 8;

    // As texts: the document's writer knows no other values.
    private const string SomeId = "01965a3e-7c00-7000-8000-0123456789ab", SomeTime = "2026-11-24T08:30:00+00:00";

    /// <summary>Texts by the name of the member that holds them; <c>parent.name</c> goes before <c>name</c>.</summary>
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["accessToken"] = "CfDJ8…",
        ["address"] = "12 Lane, Jinjiang, Chengdu",
        ["applicant.name"] = "Li Hua",
        ["as"] = "reviewer",
        ["categories"] = "housing",
        ["category"] = "housing",
        ["changedEmail"] = "li.hua@example.org",
        ["channel"] = "email",
        ["claim"] = "Lives in the dormitory",
        ["code"] = "CfDJ8…",
        ["contentType"] = "image/jpeg",
        ["currency"] = "CNY",
        ["description"] = "Heating, bedding and warm clothes.",
        ["displayName"] = "Mei from Chengdu",
        ["email"] = "li.hua@example.org",
        ["explanation"] = "This programme is for winter needs only.",
        ["findings"] = "Spoke with the applicant.",
        ["foundationName"] = "Sky Lantern Foundation",
        ["idNumber"] = "510100199001010000",
        ["language"] = "zh-CN",
        ["link"] = "https://wishes.example.org/helpers/accept?token=…",
        ["lastError"] = "smtp-450",
        ["message"] = "Stay warm this winter.",
        ["name"] = "A warm blanket",
        ["newEmail"] = "li.hua@example.org",
        ["newPassword"] = "lanterns over the river",
        ["oldPassword"] = "a quiet evening in May",
        ["password"] = "a quiet evening in May",
        ["payee"] = "Bedding Store",
        ["phone"] = "+86 130 0000 0000",
        ["reason"] = "To call about the delivery.",
        ["reasonCode"] = "outside-programme",
        ["recoveryCodes"] = "K7QX2-9RTBM",
        ["reference"] = "Bank slip 17",
        ["refreshToken"] = "CfDJ8…",
        ["region"] = "sichuan",
        ["regions"] = "sichuan",
        ["registrationCode"] = "CN-0001",
        ["resetCode"] = "Q2ZESjg…",
        ["result"] = "paid",
        ["checks.result"] = "confirmed",
        ["role"] = "reviewer",
        ["sharedKey"] = "JBSWY3DPEHPK3PXP",
        ["sponsorName"] = "Riverside Textiles",
        ["statement"] = "Delivery note 17, signed",
        ["status"] = "Funding",
        ["story"] = "The dormitory is cold in winter.",
        ["subject"] = "All of ¥200.00 is there for your wish 89ABCDEF",
        ["title"] = "A warm blanket",
        ["token"] = "u5XcT3…",
        ["topic"] = "wish-funded",
        ["twoFactorCode"] = "492039",
        ["twoFactorRecoveryCode"] = "K7QX2-9RTBM",
        ["url"] = "https://wishes.example.org/pay/1",
        ["userAgent"] = "Mozilla/5.0 (Android 14; Mobile)",
    };

    /// <summary>A name that a map of this name may have.</summary>
    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["channels"] = "email",
        ["topics"] = "wish-funded",
    };

    private static readonly Dictionary<string, long> Numbers = new(StringComparer.Ordinal)
    {
        ["quantity"] = 2,
        ["percent"] = 50,
        ["perPledgeCapMinor"] = 50_000,
        ["perWishCapMinor"] = 500_000,
        ["approvalThresholdMinor"] = 300_000,
        ["expiresIn"] = 3_600,
        ["version"] = 3,
        ["publicTextVersion"] = 2,
    };

    /// <summary>What a body of this type may look like.</summary>
    public static JsonNode? Of(Type type, JsonSerializerOptions options) => Node(type, "", "", options, 0);

    private static JsonNode? Node(Type type, string parent, string name, JsonSerializerOptions options, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (depth > MaxDepth || type == typeof(object)) return null;
        if (Simple(type, parent, name) is { } simple) return simple;
        var info = options.GetTypeInfo(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Object => new JsonObject(info.Properties
                .Where(property => property.Get is not null)
                .Select(property => KeyValuePair.Create(
                    property.Name, Node(property.PropertyType, name, property.Name, options, depth + 1)))
                .Where(member => member.Value is not null)),
            JsonTypeInfoKind.Enumerable =>
                Node(info.ElementType!, parent, name, options, depth + 1) is { } one ? new JsonArray(one) : new JsonArray(),
            JsonTypeInfoKind.Dictionary when Keys.TryGetValue(name, out var key) =>
                new JsonObject { [key] = Node(info.ElementType!, name, key, options, depth + 1) },
            _ => null,
        };
    }

    private static JsonNode? Simple(Type type, string parent, string name) =>
        type == typeof(string) ? Texts.GetValueOrDefault($"{parent}.{name}") ?? Texts.GetValueOrDefault(name) ?? "…"
        : type == typeof(Guid) ? SomeId
        : type == typeof(bool) ? true
        : type == typeof(int) || type == typeof(long) || type == typeof(short) ? Number(type, name)
        : type == typeof(DateTimeOffset) ? SomeTime
        : type == typeof(Evidence)
            ? new JsonObject { ["fileIds"] = new JsonArray(SomeId), ["statement"] = Texts["statement"] }
        : type == typeof(DateOnly) ? (name == "endsOn" || name == "closesOn" ? "2027-03-31" : "2026-11-01")
        : type == typeof(Role) ? Texts["role"]
        : type.IsEnum ? WireNames.Of(type).First()
        : null;

    private static JsonValue Number(Type type, string name)
    {
        var number = Numbers.GetValueOrDefault(name, name.EndsWith("Minor", StringComparison.Ordinal) ? 20_000 : 1);
        return type == typeof(long) ? JsonValue.Create(number) : JsonValue.Create((int)number);
    }
}
