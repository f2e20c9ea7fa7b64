using DreamPlatform.Domain.People;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.People;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Messages.Sending;
using DreamPlatform.Web.Messages.Texts;

namespace DreamPlatform.Web.Messages;

/// <summary>How I am told of things. What is left out is as for somebody who has chosen nothing.</summary>
/// <param name="Language">zh-CN or en.</param>
/// <param name="Channels">By which ways: email, and where it is offered sms.</param>
/// <param name="Topics">
/// Of what, by name. Mail for the safety of your account comes always, and is not among them.
/// </param>
public sealed record ChoiceBody(
    string? Language = null, IReadOnlyDictionary<string, bool>? Channels = null,
    IReadOnlyDictionary<string, bool>? Topics = null);

/// <summary>How I am told of things, with everything there is to choose.</summary>
public sealed record ChoiceView(
    string Language, IReadOnlyDictionary<string, bool> Channels, IReadOnlyDictionary<string, bool> Topics);

/// <summary>What people choose to be told of.</summary>
internal static class ChoiceEndpoints
{
    private const string Email = "email", OnPhone = "sms";

    public static void MapChoiceEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/me/messages").WithTags("Me").RequireAuthorization();
        group.MapGet("", Get).WithName("getMyMessages").Produces<ChoiceView>();
        group.MapPut("", Put).WithName("putMyMessages").Produces<ChoiceView>().WithProblems((503, "busy"));
    }

    /// <summary>How I am told of things.</summary>
    internal static async Task<IResult> Get(
        Caller caller, IGrainFactory grains, Languages languages, IEnumerable<ISmsSender> phones) =>
        TypedResults.Ok(View(await grains.GetProfile(caller.Id).Get(), languages, phones.Any()));

    /// <summary>Chooses how I am told of things.</summary>
    internal static async Task<IResult> Put(
        ChoiceBody body, Caller caller, IGrainFactory grains, Languages languages, IEnumerable<ISmsSender> phones)
    {
        if (Check(body, phones.Any()).Problem is { } problem) return problem;
        var profile = grains.GetProfile(caller.Id);
        var isKept = await profile.Choose(
            body.Language is null ? null : Names.Parse<Language>(body.Language), Chosen(body.Channels, Email, true),
            Chosen(body.Channels, OnPhone, false),
            [.. Enum.GetValues<Topic>().Where(topic => !Chosen(body.Topics, Names.Of(topic), true))]);
        return isKept ? TypedResults.Ok(View(await profile.Get(), languages, phones.Any())) : ProfileEndpoints.NotKept;
    }

    private static Check Check(ChoiceBody body, bool offersSms) => new Check()
        .Language(body.Language)
        .That(
            (body.Channels ?? Nothing).All(it => it.Key == Email || (it.Key == OnPhone && (offersSms || !it.Value))),
            "channels", offersSms ? "May name email and sms." : "May name email; sms is not offered here.")
        .That(
            (body.Topics ?? Nothing).All(it => Names.Parse<Topic>(it.Key) is not null),
            "topics", $"May name {string.Join(", ", Names.All<Topic>().Order(StringComparer.Ordinal))}.");

    private static IReadOnlyDictionary<string, bool> Nothing => new Dictionary<string, bool>();

    private static bool Chosen(IReadOnlyDictionary<string, bool>? choices, string name, bool otherwise) =>
        choices is not null && choices.TryGetValue(name, out var chosen) ? chosen : otherwise;

    private static ChoiceView View(Profile profile, Languages languages, bool offersSms)
    {
        var channels = new Dictionary<string, bool> { [Email] = profile.ByMail };
        if (offersSms) channels[OnPhone] = profile.BySms;
        return new ChoiceView(
            Languages.TagOf(profile.Language ?? languages.Default), channels,
            Enum.GetValues<Topic>().ToDictionary(topic => Names.Of(topic), profile.Wants));
    }
}
