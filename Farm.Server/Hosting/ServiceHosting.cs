namespace Farm.Server.Hosting;

/// <summary>Lets the system that started the farm as a service know what it does.</summary>
internal static class ServiceHosting
{
    /// <summary>The name that Windows knows the service by.</summary>
    public const string Name = "farm";

    /// <summary>
    /// Tells systemd, or Windows, when the farm is ready and when it stops, and stops it when they ask. Does nothing in a process that they did
    /// not start.
    /// </summary>
    public static IServiceCollection AddFarmService(this IServiceCollection services) =>
        services.AddSystemd().AddWindowsService(service => service.ServiceName = Name);
}
