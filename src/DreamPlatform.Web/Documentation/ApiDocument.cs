using System.Globalization;
using System.Text.Json.Nodes;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Web.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace DreamPlatform.Web.Documentation;

/// <summary>The OpenAPI document, generated from the routes, and the page to read it on.</summary>
public static class ApiDocument
{
    private const string Bearer = "bearer";
    private const string Problem = "Problem";

    /// <summary>Scripts of ours and of this answer only; the reader writes its styles into the page itself.</summary>
    private static readonly ContentPolicy ReaderPolicy = new(
        $"script-src 'nonce-{ContentPolicy.Nonce}' 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; connect-src 'self'");

    public static void AddApiDocument(this WebApplicationBuilder builder) =>
        builder.Services.AddOpenApi("v1", document =>
        {
            document.AddDocumentTransformer(DescribeAsync);
            document.AddOperationTransformer(CompleteAsync);
            document.AddSchemaTransformer(TypeTextAsync);
        });

    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi().AllowAnonymous();
        // Nothing of the page comes from, or goes to, anybody else.
        routes.MapScalarApiReference("/docs", page => page.WithTitle("DreamPlatform")
            .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().WithNonce()).AllowAnonymous()
            .WithMetadata(ReaderPolicy);
    }

    private static Task DescribeAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken stop)
    {
        document.Info = new OpenApiInfo
        {
            Title = "DreamPlatform",
            Version = "v1",
            Description = "From a wish to a fulfilled wish, with every fen accounted for. Every refusal is "
                + "application/problem+json with a stable code.",
        };
        document.AddComponent(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The accessToken of POST /api/account/login.",
        });
        document.AddComponent(Problem, ProblemSchema());
        return Task.CompletedTask;
    }

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "status", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What to do, for people." },
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Why, for programs: stable." },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "With 400: what is wrong, by field. The empty name stands for the whole body.",
                AdditionalProperties = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            },
        },
    };

    private static Task CompleteAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.OperationId = OperationId(context.Description, operation.OperationId);
        foreach (var parameter in metadata.OfType<DocumentedParameter>())
            (operation.Parameters ??= []).Add(ParameterOf(parameter));
        if (metadata.OfType<IAuthorizeData>().Any())
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        GiveExamples(operation, context);
        var problems = DocumentedProblems.Of(
            metadata, operation.RequestBody is not null, readsParameters: operation.Parameters is { Count: > 0 });
        var schema = new OpenApiSchemaReference(Problem, context.Document);
        foreach (var status in problems.GroupBy(problem => problem.Status, problem => problem.Code))
        {
            (operation.Responses ??= [])[status.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join(", ", status.Order(StringComparer.Ordinal).Select(code => $"`{code}`")),
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new() { Schema = schema },
                },
            };
        }

        return Task.CompletedTask;
    }

    private static void GiveExamples(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var options = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = context.Description.ParameterDescriptions.FirstOrDefault(it => it.Source == BindingSource.Body);
        if (body is not null && Content(operation.RequestBody?.Content) is { } sent)
            sent.Example = Examples.Of(body.Type, options);
        foreach (var response in context.Description.SupportedResponseTypes)
        {
            var status = response.StatusCode.ToString(CultureInfo.InvariantCulture);
            if (response.Type is { } type && type != typeof(void)
                && operation.Responses is { } answers && answers.TryGetValue(status, out var answer)
                && Content(answer.Content) is { } answered)
                answered.Example = Examples.Of(type, options);
        }
    }

    private static OpenApiMediaType? Content(IDictionary<string, OpenApiMediaType>? content) =>
        content is not null && content.TryGetValue("application/json", out var json) ? json : null;

    /// <summary>Our own routes are named; those of ASP.NET Core Identity are called by their last word.</summary>
    private static string OperationId(ApiDescription route, string? name)
    {
        if (name is not null && !name.Contains('/')) return name;
        var words = route.RelativePath!.Split(['/', '-'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !word.StartsWith('{')).Skip(1);
        var capitals = words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]);
        return route.HttpMethod!.ToLowerInvariant() + string.Concat(capitals);
    }

    private static OpenApiParameter ParameterOf(DocumentedParameter parameter) => new()
    {
        Name = parameter.Name,
        In = parameter.IsHeader ? ParameterLocation.Header : ParameterLocation.Query,
        Required = parameter.IsRequired,
        Description = parameter.Description,
        Schema = parameter.Range is { } range
            ? new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int32",
                Default = JsonValue.Create(range.Default),
                Minimum = range.Min.ToString(CultureInfo.InvariantCulture),
                Maximum = range.Max.ToString(CultureInfo.InvariantCulture),
            }
            : new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Format = parameter.Format,
                Pattern = parameter.Pattern,
            },
    };

    /// <summary>Texts and enums are read by converters of ours, about which the generator knows nothing.</summary>
    private static Task TypeTextAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken stop)
    {
        if (context.JsonTypeInfo.ElementType == typeof(string))
            schema.Items ??= new OpenApiSchema { Type = JsonSchemaType.String };
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. WireNames.Of(type).Select(name => (JsonNode)JsonValue.Create(name))];
        }

        if (context.JsonTypeInfo.Type == typeof(Evidence)) DescribeEvidence(schema);
        if (context.JsonTypeInfo.Type != typeof(string)) return Task.CompletedTask;
        var canBeNull = context.JsonPropertyInfo is { IsGetNullable: true };
        schema.Type = canBeNull ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        return Task.CompletedTask;
    }

    private static void DescribeEvidence(OpenApiSchema schema)
    {
        var id = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" };
        schema.Description = "A statement, or files that were sent before with or without one.";
        schema.OneOf =
        [
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { "fileIds" },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["fileIds"] = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Array,
                        Items = id,
                        MaxItems = Evidence.MaxFiles,
                    },
                    ["statement"] = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            },
            new OpenApiSchema { Type = JsonSchemaType.String },
        ];
    }
}
