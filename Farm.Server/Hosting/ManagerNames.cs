using Farm.Server.Hosting.Dashboard;
using Farm.Server.Operations.Managers;

namespace Farm.Server.Hosting;

/// <summary>How managers are shown to people.</summary>
internal static class ManagerNames
{
    /// <summary>This machine and the port of the URLs on which the server listens.</summary>
    public static ManagerName Own(string urls) => new($"{Environment.MachineName}:{BindingAddress.Parse(urls.Split(';')[0]).Port}", FarmIdentities.Version);
}
