using System.Text.Json;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Wishes;
using DreamPlatform.Storage;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Site.Forms;
using DreamPlatform.Web.Wishes;
using Microsoft.AspNetCore.Mvc;

namespace DreamPlatform.Web.Site.Applying;

/// <summary>Opens and saves drafts for the pages of an application, by the API's own handlers.</summary>
internal sealed class Drafts(
    Visitor me, OnBehalf behalf, WishQueries wishes, ProjectQueries projects, IGrainFactory grains,
    JournalOptions journal, PlatformSecret secret, TimeProvider time)
{
    /// <summary>
    /// A draft; a problem when it is not the visitor's; neither when it is no draft any more. A form is answered all the
    /// same: the handler tells a repeat from what comes too late, and what was typed stays.
    /// </summary>
    public async Task<(Draft? Draft, ProblemDetails? Problem)> OpenAsync(Guid id)
    {
        var (own, problem) = await ReadAsync(id);
        var isShown = own?.Case.Next.Contains("edit") == true || !HttpMethods.IsGet(me.Http.Request.Method);
        return (isShown ? own?.Draft : null, problem);
    }

    /// <summary>A wish of whom the visitor acts for, in whatever state, with what was written.</summary>
    public async Task<(OwnWish? Own, ProblemDetails? Problem)> ReadAsync(Guid id)
    {
        if (await behalf.OfWishAsync(id) is not { } row) return (null, PageResult.ProblemOf(Answers.NotFound));
        var (found, problem) = await WishEndpoints.MyOwn(id, me.Caller!, wishes, grains, journal).ReadAsync<WishCase>();
        return found is null ? (null, problem) : (await OwnAsync(row, found, (await projects.Find(found.ProjectId))!), null);
    }

    /// <summary>
    /// Wishes of whom the visitor acts for, with what was written. A helper, who would be noted as having looked at each
    /// of them, sees of a list only what everybody who works with it sees.
    /// </summary>
    public async Task<IReadOnlyList<OwnWish>> ListAsync(IEnumerable<WishRow> rows)
    {
        var (actor, list, known) = (me.Caller!.Actor, new List<OwnWish>(), new Dictionary<ProjectId, ProjectRow>());
        foreach (var row in rows)
        {
            var view = actor.ActingFor is null
                ? await WishEndpoints.Dossier(grains, row.Wish.Id.Value).Look(actor, reason: null)
                : new DossierView(row.Wish, row.Version, PrivatePart.Nothing);
            if (!known.TryGetValue(row.Wish.Project, out var project))
                known[row.Wish.Project] = project = (await projects.Find(row.Wish.Project.Value))!;
            list.Add(await OwnAsync(row, WishCase.Of(view, actor, journal.Currency), project));
        }

        return list;
    }

    private async Task<OwnWish> OwnAsync(WishRow row, WishCase found, ProjectRow project)
    {
        var saved = await wishes.History(found.Id, found.Version - 1, 1);
        var draft = new Draft(
            found.Id, found.Version, found.Application ?? Nothing, project,
            saved is [var last, ..] ? last.At : time.GetUtcNow());
        var awaitsApplicant = row.Wish.Status is WishStatus.Draft or WishStatus.Approved;
        return new OwnWish(row, found, draft, awaitsApplicant && project.Project.IsOver(time.GetUtcNow()));
    }

    /// <summary>
    /// Saves all of a draft. What is asked for is told apart by what was written, too: the same form sent twice is saved
    /// once, and one that was changed after going back is not taken for it.
    /// </summary>
    /// <param name="basedOn">The version that the form was made of, where it is not the one that it says.</param>
    public Task<IResult> SaveAsync(Guid id, WishBody body, Posted posted, long? basedOn = null) =>
        EditAsync(id, body, JsonSerializer.Serialize(body), basedOn ?? posted.Version, posted);

    /// <summary>Attaches files to a draft. They have new ids each time, so a form sent twice is told by what it brought.</summary>
    public Task<IResult> AttachAsync(Draft draft, IReadOnlyList<Guid> files, string brought, Posted posted)
    {
        var evidence = new Evidence([.. draft.FileIds, .. files], draft.Written.Evidence?.Statement);
        return EditAsync(draft.Id, draft.Body with { Evidence = evidence }, brought, draft.Version, posted);
    }

    private async Task<IResult> EditAsync(Guid id, WishBody body, string content, long? version, Posted posted)
    {
        if (await projects.Find(body.ProjectId) is { } project) body = Draft.WithImplied(body, project.Project.Rules);
        var key = Derived.TimeOrderedId(Derived.TimeOf(posted.Key), posted.Key, secret.IdOf(content));
        return await WishEndpoints.Edit(
            id, body, CommandRequest.Of(me.Http, new IdempotencyKey(new CommandId(key)), version), grains);
    }

    /// <summary>Begins a draft; the same form sent twice begins one.</summary>
    public async Task<IResult> BeginAsync(Guid project, Posted posted)
    {
        var body = new WishBody(project);
        if (await projects.Find(project) is { } found) body = Draft.WithImplied(body, found.Project.Rules);
        return await WishEndpoints.Create(body, posted.Command(), grains);
    }

    /// <summary>The newest drafts of whom the visitor acts for.</summary>
    public async Task<IReadOnlyList<OwnWish>> UnfinishedAsync() => await ListAsync(
        await wishes.DraftsOf(me.Caller!.Actor.Principal, MaxUnfinished));

    /// <summary>The projects that take wishes now, newest first.</summary>
    public async Task<IReadOnlyList<ProjectRow>> ProjectsAsync() =>
        [.. (await projects.Public(null, MaxProjects)).Where(row => row.Project.Takes(time.GetUtcNow()) is null)];

    private const int MaxProjects = 100, MaxUnfinished = 10;

    private static readonly ApplicationView Nothing = ApplicationView.Of(
        Domain.Wishes.Application.Empty, new Wish(new WishId(Guid.Empty)));
}
