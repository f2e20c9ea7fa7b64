using System.Text.Json;
using System.Text.RegularExpressions;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Storage.Journal;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DreamPlatform.Web.Errors;

/// <summary>
/// Says where a request that could not be bound is wrong. The framework tells only in its messages; where they are
/// not understood the field is still named, and a test watches over those that are.
/// </summary>
internal sealed partial class RequestErrors : IExceptionHandler
{
    private static readonly string[] Required = ["Is required."];

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken stop)
    {
        if (ProblemOf(exception) is not { } problem) return false;
        if (http.RequestAborted.IsCancellationRequested) return true; // Nobody is there to be told.
        await problem.ExecuteAsync(http);
        return true;
    }

    /// <summary>What to tell whoever asked; null for a bug of ours.</summary>
    public static ProblemHttpResult? ProblemOf(Exception exception) => exception switch
    {
        MalformedRequestException e => Problems.Invalid(One(e.Field, e.Message), e.Code),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } e => Problems.Invalid(Errors(e)),
        BadHttpRequestException e => OfStatus(e.StatusCode),
        _ when exception.Unreadable() is not null => Problems.Of(
            StatusCodes.Status500InternalServerError, "private-part-unreadable",
            "What is kept in private about this cannot be read. The operator has been told; nothing was changed."),
        JournalUnreadableException or PoisonEventException => RecordUnreadable,
        _ when IsOfDatabase(exception) => Problems.Of(
            StatusCodes.Status503ServiceUnavailable, "outcome-unknown",
            "It is not known whether this was done. Repeat with the same key to find out."),
        // A call within the platform was not answered, in time or at all; it may yet be carried out.
        TimeoutException or Orleans.Runtime.OrleansException => Problems.Of(
            StatusCodes.Status503ServiceUnavailable, "outcome-unknown",
            "It is not known whether this was done. Repeat with the same key to find out."),
        _ => null,
    };

    /// <summary>What an event that cannot be read stands in the way of.</summary>
    public static ProblemHttpResult RecordUnreadable => Problems.Of(
        StatusCodes.Status500InternalServerError, "record-unreadable",
        "What is recorded about this cannot be read. The operator has been told; nothing was changed.");

    /// <summary>Whether a database did not answer, which passes; the accounts' own library wraps that.</summary>
    private static bool IsOfDatabase(Exception exception)
    {
        for (var at = exception; at is not null; at = at.InnerException)
            if (at is System.Data.Common.DbException { IsTransient: true }) return true;
        return false;
    }

    private static ProblemHttpResult OfStatus(int status)
    {
        var (code, detail) = Problems.OfStatus(status);
        return Problems.Of(status, code, detail);
    }

    private static Dictionary<string, string[]> One(string field, string message) => new() { [field] = [message] };

    private static Dictionary<string, string[]> Errors(BadHttpRequestException exception)
    {
        if (exception.InnerException is JsonException json) return Errors(json);
        if (exception.Message.Contains("body", StringComparison.Ordinal)) return One("", "A JSON object is required.");
        return Parameter().Match(exception.Message) is { Success: true } match
            ? One(match.Groups["name"].Value, "Is missing or not valid.")
            : One("", "Could not be read.");
    }

    private static Dictionary<string, string[]> Errors(JsonException json)
    {
        var at = (json.Path ?? "$").TrimStart('$').TrimStart('.');
        var missing = Missing().Match(json.Message);
        if (!missing.Success) return One(at, WhatItMustBe(json));
        return Quoted().Matches(missing.Groups["names"].Value).ToDictionary(
            name => at.Length == 0 ? name.Groups[1].Value : $"{at}.{name.Groups[1].Value}", _ => Required);
    }

    private static string WhatItMustBe(JsonException json)
    {
        // Our own converters say it themselves.
        if (json.Message.StartsWith("Must ", StringComparison.Ordinal)) return json.Message;
        // The framework says what it wanted in the message within, or else names the type.
        var message = $"{json.InnerException?.Message} {json.Message}";
        bool Says(string text) => message.Contains(text, StringComparison.OrdinalIgnoreCase);
        if (Says("null values") || Says("'Null'")) return "Must not be null.";
        if (Says("duplicate")) return "Must not be given twice.";
        if (Says("depth")) return "Is nested too deeply.";
        if (Says("Guid format")) return "Must be a UUID.";
        if (Says("DateOnly format")) return "Must be a date such as 2026-01-31.";
        if (Says("as a number") || Says("Int32") || Says("Int64")) return "Must be a whole number, not too large.";
        if (Says("as a boolean") || Says("System.Boolean")) return "Must be true or false.";
        if (Says("as a string")) return "Must be a string.";
        return Says("converted to") ? "Is not of the right type." : "Is not valid JSON.";
    }

    [GeneratedRegex("missing required properties including: (?<names>'.*')")]
    private static partial Regex Missing();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("parameter \"(?:[^\"]+ )?(?<name>[^\" ]+)\"")]
    private static partial Regex Parameter();
}
