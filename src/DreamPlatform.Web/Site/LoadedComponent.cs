using Microsoft.AspNetCore.Components;

namespace DreamPlatform.Web.Site;

/// <summary>
/// A component that is rendered once, when what it shows is there. The framework's own would render before as well,
/// whenever the data did not happen to come at once.
/// </summary>
public abstract class LoadedComponent : ComponentBase
{
    /// <summary>Reads what is shown. Parameters are set.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    public sealed override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await LoadAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }
}
