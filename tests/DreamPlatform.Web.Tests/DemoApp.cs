namespace DreamPlatform.Web.Tests;

/// <summary>One demo app for all tests of a class that do not mind each other.</summary>
public sealed class DemoApp : IAsyncLifetime
{
    public TestApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await TestApp.StartDemoAsync();

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
