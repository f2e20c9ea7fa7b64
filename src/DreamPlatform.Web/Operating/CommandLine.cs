using System.CommandLine;

namespace DreamPlatform.Web.Operating;

/// <summary>The commands and options of the executable, and what they start.</summary>
public static class CommandLine
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "The folder that holds all data. Serving creates it.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "./data",
        Recursive = true,
    };

    private static readonly Option<bool> Demo = new("--demo")
    {
        Description = "Fill an empty database with demo data and turn the sandbox payment gateway on.",
    };

    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = $"Where to listen, several separated by ';'. [default: {Server.DefaultUrls}]",
        HelpName = "URLS",
    };

    private static readonly Option<ProcessRole> Role = new("--role")
    {
        Description = "Which part of a platform on a database server this process is: all of it, a silo with grains, "
            + "or the website and the API.",
        DefaultValueFactory = _ => ProcessRole.All,
    };

    /// <summary>Runs what the arguments say and returns the exit code: 0 done, 1 refused with a message.</summary>
    public static Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("DreamPlatform serves its HTTP API. With a command it does that instead.")
        {
            Demo, Data, Urls, Role, Verify(), Rebuild(), RotateKeys(), Upgrade(), Admit(),
        };
        root.SetAction((parsed, _) => Server.RunAsync(new ServeArguments(
            parsed.GetValue(Demo), parsed.GetValue(Data)!, parsed.GetValue(Urls), parsed.GetValue(Role))));
        // The host stops itself on a signal, and takes the time it needs to finish what it accepted.
        return root.Parse(arguments).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static Command Verify()
    {
        var verify = new Command("verify", "Check a live or stopped database; exit code 1 if something does not hold.");
        verify.SetAction((parsed, stop) =>
            Server.RefuseOrAsync(() => JournalCommands.VerifyAsync(Existing(parsed), stop)));
        return verify;
    }

    private static Command Rebuild()
    {
        var rebuild = new Command("rebuild", "Fold the read models anew from the journal; no server may be running.");
        rebuild.SetAction((parsed, stop) =>
            Server.RefuseOrAsync(() => JournalCommands.RebuildAsync(Existing(parsed), stop)));
        return rebuild;
    }

    private static Command Upgrade()
    {
        var finish = new Option<bool>("--finish")
        {
            Description = "Refuse older releases from now on, so that this one may write what they cannot read.",
        };
        var upgrade = new Command("upgrade", "Say how far the upgrade of a database is, or end it.") { finish };
        upgrade.SetAction((parsed, _) => Server.RefuseOrAsync(
            () => JournalCommands.UpgradeAsync(Existing(parsed), parsed.GetValue(finish))));
        return upgrade;
    }

    private static Command RotateKeys()
    {
        var rotate = new Command(
            "rotate-keys", "Wrap every data key with a new key-encryption key, beside a server or without one.");
        rotate.SetAction((parsed, stop) =>
            Server.RefuseOrAsync(() => KeyCommands.RotateAsync(Existing(parsed), stop)));
        return rotate;
    }

    private static Command Admit()
    {
        var logins = new Argument<string[]>("NAME=ID")
        {
            Description = "The name and the object id of a managed identity.",
            Arity = ArgumentArity.OneOrMore,
        };
        var admit = new Command(
            "admit", "Make the database on Azure and let managed identities use it; as an administrator of the server.")
        {
            logins,
        };
        admit.SetAction((parsed, stop) =>
            Server.RefuseOrAsync(() => AdmitCommand.RunAsync(parsed.GetValue(logins)!, stop)));
        return admit;
    }

    private static DataDirectory Existing(ParseResult parsed) => DataDirectory.Open(parsed.GetValue(Data)!);
}
