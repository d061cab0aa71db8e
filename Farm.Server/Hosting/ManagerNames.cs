using Farm.Server.Hosting.Dashboard;
using Farm.Server.Operations.Managers;

namespace Farm.Server.Hosting;

/// <summary>How managers are shown to people.</summary>
internal static class ManagerNames
{
    /// <summary>This machine and the port of the URLs on which the server listens.</summary>
    public static ManagerName Own(string urls)
    {
        var port = urls.Split(';')[0].TrimEnd('/').Split(':')[^1];
        return new ManagerName(ushort.TryParse(port, out _) ? $"{Environment.MachineName}:{port}" : Environment.MachineName, FarmIdentities.Version);
    }
}
