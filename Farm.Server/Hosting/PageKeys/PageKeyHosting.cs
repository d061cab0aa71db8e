using Farm.Server.Store.Engine;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Farm.Server.Hosting.PageKeys;

/// <summary>Adds the keys that protect pages and forms.</summary>
internal static class PageKeyHosting
{
    /// <summary>Where several managers may share the database, the keys are there.</summary>
    public static IServiceCollection AddSharedPageKeys(this IServiceCollection services)
    {
        services.AddOptions<KeyManagementOptions>().PostConfigure<FarmStore>((options, store) =>
        {
            if (store.IsShared) options.XmlRepository = new SharedKeyRepository(store);
        });
        return services;
    }
}
