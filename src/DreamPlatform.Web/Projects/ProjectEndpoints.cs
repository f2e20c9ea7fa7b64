using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Grains.Wishes;
using DreamPlatform.Storage;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Ledger;

namespace DreamPlatform.Web.Projects;

/// <summary>Sponsor projects: their rules, their money, and what they give.</summary>
public static class ProjectEndpoints
{
    private const byte ProjectList = 11, SponsorList = 8;

    public static void MapProjectEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/projects").WithTags("Projects");
        group.MapGet("", List).IsPublic<Listing<ProjectView>>("listProjects");
        group.MapGet("{id:guid}", Get).IsPublic<ProjectView>("getProject", (404, "not-found"));
        group.MapGet("{id:guid}/money", Money).IsPublic<Listing<TransferAnswer>>("getProjectMoney", (404, "not-found"));
        group.MapPost("", Create).Commands<ProjectAnswer>("createProject", 201, "id-taken")
            .WithProblems((422, "project-rules-invalid"), (422, "foundation-needed"));
        group.MapPut("{id:guid}", Change).Commands<ProjectAnswer>("changeProject", "project-closed")
            .WithProblems((422, "project-rules-invalid"));
        group.MapPost("{id:guid}/open", Open).Commands<ProjectAnswer>(
            "openProject", "project-already-open", "project-closed");
        group.MapPost("{id:guid}/close", Close).Commands<ProjectAnswer>(
            "closeProject", "project-not-open", "project-closed");
        group.MapPost("{id:guid}/deposits", Deposit).Commands<DepositAnswer>(
            "deposit", 201, "text-not-kept", "dossier-full");
        group.MapPost("{id:guid}/grants", Grant).Commands<GrantAnswer>(
            "grant", 201, "reviewer-may-not-review-own-case", "wish-of-another-project",
            "wish-not-open-for-pledges", "amount-exceeds-remaining", "grant-exceeds-project-balance");
        routes.MapGet("/api/me/projects", Sponsored).WithTags("Me").Reads<Listing<SponsoredProject>>(
            "listMyProjects");
    }

    /// <summary>The projects of the foundations that I am a sponsor of, with their budgets, newest first.</summary>
    internal static async Task<IResult> Sponsored(
        Caller caller, Page page, BudgetQueries budgets, JournalOptions journal)
    {
        var rows = await budgets.OfSponsor(caller.Actor, page.Cursor(SponsorList)?.Id, page.Limit + 1);
        return TypedResults.Ok(page.Of(rows, row => new Cursor(SponsorList, 0, row.Row.Project.Id.Value))
            .Select(row => SponsoredProject.Of(row, journal.Currency)));
    }

    /// <summary>Projects that have been opened: those that are open first, and of each the newest.</summary>
    internal static async Task<IResult> List(Page page, ProjectQueries projects, JournalOptions journal)
    {
        var after = page.Cursor(ProjectList) is { } cursor ? (cursor.At, cursor.Id) : ((long, Guid)?)null;
        var rows = await projects.Public(after, page.Limit + 1);
        return TypedResults.Ok(page
            .Of(rows, row => new Cursor(
                ProjectList, row.Project.Status == ProjectStatus.Open ? 1 : 0, row.Project.Id.Value))
            .Select(row => ProjectView.Of(row, journal.Currency)));
    }

    /// <summary>One project; a draft only for its foundation's staff.</summary>
    internal static async Task<IResult> Get(
        Guid id, HttpContext http, ProjectQueries projects, JournalOptions journal) =>
        await projects.Find(id) is { } row && row.Project.MayBeSeenBy(Caller.Of(http)?.Actor)
            ? Answers.Tagged(ProjectView.Of(row, journal.Currency), row.Version)
            : Answers.NotFound;

    /// <summary>A project's account: every transfer.</summary>
    internal static async Task<IResult> Money(
        Guid id, Page page, HttpContext http, ProjectQueries projects, LedgerQueries ledger, JournalOptions journal) =>
        await projects.Find(id) is { } row && row.Project.MayBeSeenBy(Caller.Of(http)?.Actor)
            ? await LedgerEndpoints.Transfers(row.Project.Account.Value, page, ledger, journal)
            : Answers.NotFound;

    /// <summary>Makes a project of the caller's foundation, as a draft.</summary>
    internal static Task<IResult> Create(ProjectBody body, CommandRequest request, IGrainFactory grains)
    {
        if (body.Check().Problem is { } problem) return Task.FromResult<IResult>(problem);
        if (!request.Actor.Roles.Any(held => held.Role == Role.Foundation))
            return Task.FromResult(Answers.Of(new Forbidden()));
        if (body.FoundationOf(request.Actor) is not { } foundation)
            return Task.FromResult<IResult>(Problems.Of(
                422, "foundation-needed", "Name the foundationId: you administer more than one."));
        var id = Guid.CreateVersion7();
        return Execute(
            grains, id, request.Envelope(new CreateProject(foundation, body.ToRules(), body.ToTexts(id)), body),
            StatusCodes.Status201Created);
    }

    /// <summary>Replaces a project's rules and texts.</summary>
    internal static Task<IResult> Change(Guid id, ProjectBody body, CommandRequest request, IGrainFactory grains) =>
        body.Check().Problem is { } problem
            ? Task.FromResult<IResult>(problem)
            : Execute(grains, id, request.Envelope(new ChangeProject(body.ToRules(), body.ToTexts(id)), body));

    /// <summary>Opens a project for wishes.</summary>
    internal static Task<IResult> Open(Guid id, CommandRequest request, IGrainFactory grains) =>
        Execute(grains, id, request.Envelope(new OpenProject()));

    /// <summary>Closes a project for good.</summary>
    internal static Task<IResult> Close(Guid id, CommandRequest request, IGrainFactory grains) =>
        Execute(grains, id, request.Envelope(new CloseProject()));

    /// <summary>Records that the sponsor's money has arrived.</summary>
    internal static Task<IResult> Deposit(
        Guid id, DepositBody body, MoneyRequest request, IGrainFactory grains, JournalOptions journal)
    {
        if (body.Check().Problem is { } problem) return Task.FromResult<IResult>(problem);
        var deposit = request.DerivedId();
        return grains.GetGrain<IDossierGrain>(new StreamId(StreamKind.Deposit, deposit).ToString())
            .Execute(
                new ProjectId(id).Stream,
                request.Envelope(new DepositToProject(deposit, body.AmountMinor), body.AmountMinor),
                new Note(body.Reference))
            .Answer<SingleFact>((fact, _) => TypedResults.Created(
                $"/api/projects/{id}/money",
                new DepositAnswer(fact.Id.Value, id, ((DepositReceived)fact.Fact!).AmountMinor, journal.Currency)));
    }

    /// <summary>Gives a wish of this project some of its money.</summary>
    internal static Task<IResult> Grant(
        Guid id, GrantBody body, MoneyRequest request, IGrainFactory grains, JournalOptions journal)
    {
        if (body.Check().Problem is { } problem) return Task.FromResult<IResult>(problem);
        var command = new GrantToWish(Guid.CreateVersion7(), new ProjectId(id), body.AmountMinor);
        return grains.GetGrain<IWishGrain>(body.WishId).Execute(request.Envelope(command, body))
            .Answer<SingleFact>((fact, _) => TypedResults.Created(
                $"/api/wishes/{body.WishId}/money",
                new GrantAnswer(
                    fact.Id.Value, id, body.WishId, ((GrantGiven)fact.Fact!).AmountMinor, journal.Currency)));
    }

    internal static Task<IResult> Execute(
        IGrainFactory grains, Guid id, Envelope envelope, int status = StatusCodes.Status200OK) =>
        grains.GetGrain<IProjectGrain>(id).Execute(envelope).Answer<Project>((project, done) => Answers.Tagged(
            ProjectAnswer.Of(project, done.Version), done.Version, status, $"/api/projects/{project.Id}"));
}
