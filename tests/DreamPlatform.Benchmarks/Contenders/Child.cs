namespace DreamPlatform.Benchmarks.Contenders;

/// <summary>The child process: one contender, until its parent closes its input or kills it.</summary>
internal static class Child
{
    public static async Task<int> ServeAsync(ServeOptions options)
    {
        if (options.Contender == Contender.RawSqlite) return RawSqlite.Run(options.Data);
        await using var app = options.Contender switch
        {
            Contender.EntityFramework => await EntityFrameworkServer.BuildAsync(options),
            Contender.Constant => ConstantServer.Build(),
            _ => await DreamServer.BuildAsync(options),
        };
        await app.StartAsync();
        Console.WriteLine(ServeOptions.Ready + app.Urls.First());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }
}
