namespace Farm.Server.Hosting;

/// <summary>Integrates with the service manager of the system.</summary>
internal static class ServiceHosting
{
    /// <summary>The name of the Windows service.</summary>
    public const string Name = "farm";

    /// <summary>
    /// Reports start and stop to systemd or Windows, and stops when they ask. Does nothing in a process that they did not start.
    /// </summary>
    public static IServiceCollection AddFarmService(this IServiceCollection services) =>
        services.AddSystemd().AddWindowsService(service => service.ServiceName = Name);
}
