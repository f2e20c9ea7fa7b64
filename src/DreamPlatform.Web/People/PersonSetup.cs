using DreamPlatform.Grains.Due;

namespace DreamPlatform.Web.People;

/// <summary>Every place where something is held about people, in the order in which it is removed.</summary>
internal static class PersonSetup
{
    public static void AddPeople(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IPersonalData, WishData>();
        services.AddSingleton<IPersonalData, FileData>();
        services.AddSingleton<IPersonalData, CaseData>();
        services.AddSingleton<IPersonalData, PledgeData>();
        services.AddSingleton<AccountData>();
        services.AddSingleton<IPersonalData>(provider => provider.GetRequiredService<AccountData>());
        services.AddSingleton<Scrubber>();
        services.AddSingleton<Erasure>();
        services.AddSingleton<IDueHandler>(provider => provider.GetRequiredService<Erasure>());
    }
}
