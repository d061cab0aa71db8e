using System.Xml.Linq;

namespace Farm.Server.Hosting.Discovery;

/// <summary>The UPnP document that announcements point to (Contracts/Flamenco/Contract.md section 10). Workers only take the address from its URL.</summary>
internal static class DeviceDescription
{
    public const string Path = "/upnp/description.xml";

    private static readonly XNamespace Upnp = "urn:schemas-upnp-org:device-1-0";

    /// <param name="url">The URL at which the client reached the farm.</param>
    public static string Xml(string name, string url)
    {
        var document = new XElement(
            Upnp + "root",
            new XElement(Upnp + "specVersion", new XElement(Upnp + "major", 1), new XElement(Upnp + "minor", 0)),
            new XElement(
                Upnp + "device",
                new XElement(Upnp + "deviceType", SsdpMessages.ServiceType),
                new XElement(Upnp + "friendlyName", name),
                new XElement(Upnp + "manufacturer", "Farm"),
                new XElement(Upnp + "modelName", "Farm"),
                new XElement(Upnp + "UDN", SsdpMessages.DeviceId),
                new XElement(Upnp + "presentationURL", url)));
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + document;
    }

    /// <summary>Serves the description.</summary>
    public static IEndpointConventionBuilder MapDeviceDescription(this IEndpointRouteBuilder app, DiscoverySettings settings) =>
        app.MapGet(Path, (HttpRequest request) =>
            Results.Text(Xml(settings.Name, $"{request.Scheme}://{request.Host}/"), "text/xml; charset=utf-8"));
}
