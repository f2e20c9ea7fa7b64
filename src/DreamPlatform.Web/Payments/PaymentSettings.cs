using System.Security.Cryptography;
using DreamPlatform.Web.Operating;

namespace DreamPlatform.Web.Payments;

/// <summary>"Payments": how donors pay.</summary>
public sealed class PaymentSettings
{
    /// <summary>How long a pledge waits to be paid before it lapses.</summary>
    public TimeSpan PayWithin { get; set; } = TimeSpan.FromMinutes(30);

    public SandboxSettings Sandbox { get; set; } = new();
}

/// <summary>"Payments:Sandbox": the gateway that moves no money, for demos and tests.</summary>
public sealed class SandboxSettings
{
    /// <summary>On with --demo, whatever is configured.</summary>
    public bool Enabled { get; set; }

    /// <summary>Signs the gateway's webhooks; with --demo a new one for each process, unless set.</summary>
    public string? Secret { get; set; }
}

internal static class PaymentSetup
{
    private const int MinSecretLength = 16;

    public static void AddPayments(this WebApplicationBuilder builder, ServeArguments arguments) =>
        builder.AddSettings<PaymentSettings>("Payments")
            .PostConfigure(payments =>
            {
                if (!arguments.Demo) return;
                payments.Sandbox.Enabled = true;
                payments.Sandbox.Secret ??= RandomNumberGenerator.GetHexString(32);
            })
            .Validate(
                payments => payments.PayWithin >= TimeSpan.FromMinutes(1)
                    && payments.PayWithin <= TimeSpan.FromDays(30),
                "Set Payments:PayWithin to a time from 00:01:00 (a minute) to 30.00:00:00 (30 days).")
            .Validate(
                payments => !payments.Sandbox.Enabled || payments.Sandbox.Secret is { Length: >= MinSecretLength },
                $"Set Payments:Sandbox:Secret to at least {MinSecretLength} characters, or leave the sandbox off.");
}
