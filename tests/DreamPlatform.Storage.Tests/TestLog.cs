using Microsoft.Extensions.Logging;

namespace DreamPlatform.Storage.Tests;

/// <summary>Shows what was logged with the test that failed.</summary>
public sealed class TestLog<T> : ILogger<T>
{
    private readonly ITestOutputHelper? output = TestContext.Current.TestOutputHelper;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        output?.WriteLine($"{logLevel}: {formatter(state, exception)} {exception}");
}
