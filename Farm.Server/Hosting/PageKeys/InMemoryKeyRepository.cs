using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Farm.Server.Hosting.PageKeys;

/// <summary>
/// Keeps the data protection keys of a single manager in memory: they protect only page state, which does not outlive the process, and nothing may be
/// written outside the data directory.
/// </summary>
internal sealed class InMemoryKeyRepository : IXmlRepository
{
    private readonly ConcurrentQueue<XElement> _elements = new();

    public IReadOnlyCollection<XElement> GetAllElements() => _elements.ToArray();

    public void StoreElement(XElement element, string friendlyName) => _elements.Enqueue(element);
}
