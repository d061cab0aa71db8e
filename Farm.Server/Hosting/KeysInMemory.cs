using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Farm.Server.Hosting;

/// <summary>
/// Keeps the keys of the framework's data protection in memory. What they protect (the state of a page on its way to
/// the browser and back) lives no longer than this process, and nothing is written outside the data directory.
/// </summary>
internal sealed class KeysInMemory : IXmlRepository
{
    private readonly ConcurrentQueue<XElement> _elements = new();

    public IReadOnlyCollection<XElement> GetAllElements() => _elements.ToArray();

    public void StoreElement(XElement element, string friendlyName) => _elements.Enqueue(element);
}
