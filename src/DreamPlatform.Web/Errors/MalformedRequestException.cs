namespace DreamPlatform.Web.Errors;

/// <summary>A part of a request that cannot be read while it is bound, before any handler has seen it.</summary>
/// <param name="code">The stable code of the problem.</param>
/// <param name="field">The header, parameter or member that is wrong.</param>
/// <param name="message">What it must be.</param>
public sealed class MalformedRequestException(string code, string field, string message)
    : BadHttpRequestException(message, StatusCodes.Status400BadRequest)
{
    public string Code { get; } = code;

    public string Field { get; } = field;
}
