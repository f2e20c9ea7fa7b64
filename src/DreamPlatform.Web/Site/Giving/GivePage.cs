using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc;

namespace DreamPlatform.Web.Site.Giving;

/// <summary>
/// A step of giving. What was chosen so far is in the address, so that going back, signing in on the way and another
/// device all keep it, and nothing is kept here.
/// </summary>
public abstract class GivePage : LoadedComponent
{
    [Parameter] public Guid? WishId { get; set; }

    [Parameter] public Guid? ProjectId { get; set; }

    [SupplyParameterFromQuery(Name = "amount")] public string? AmountText { get; set; }

    [SupplyParameterFromQuery] public string? Anonymous { get; set; }

    [SupplyParameterFromQuery] public string? Message { get; set; }

    [SupplyParameterFromQuery] public string? Fails { get; set; }

    [SupplyParameterFromQuery(Name = "key")] public string? KeyText { get; set; }

    /// <summary>In minor units; null where none was chosen.</summary>
    protected long? Amount =>
        long.TryParse(AmountText, NumberStyles.None, CultureInfo.InvariantCulture, out var minor) ? minor : null;

    /// <summary>The key of the pledge: the same whenever this address is opened.</summary>
    protected Guid? Key => Guid.TryParse(KeyText, out var key) ? key : null;

    /// <summary>What is given to; null when there is none.</summary>
    protected GiveTarget? Target { get; private set; }

    /// <summary>Why there is none.</summary>
    protected ProblemDetails? Problem { get; private set; }

    [Inject] private GiveTargets Targets { get; set; } = default!;

    /// <summary>Whether the amount can be given now.</summary>
    protected bool IsWithin => Target is { IsOpen: true } && Amount >= 1 && Amount <= Target.RemainingMinor;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private Visitor Me { get; set; } = default!;

    protected override async Task LoadAsync() =>
        (Target, Problem) = await Targets.FindAsync(WishId, ProjectId);

    /// <summary>
    /// A later step needs an amount that can be given. Whoever sends its form hears what is wrong there, though: they
    /// may have been right when they opened it.
    /// </summary>
    protected void RequireAmount()
    {
        if (Target is null || IsWithin) return;
        if (Amount is null || HttpMethods.IsGet(Me.Http.Request.Method))
            Navigation.NavigateTo(Target.Step("", Chosen(Amount)));
    }

    /// <summary>What was chosen so far.</summary>
    protected (string Name, string? Value)[] Chosen(long? amountMinor) =>
    [
        ("amount", amountMinor?.ToString(CultureInfo.InvariantCulture)),
        ("anonymous", Anonymous), ("message", Message), ("fails", Fails),
    ];
}
