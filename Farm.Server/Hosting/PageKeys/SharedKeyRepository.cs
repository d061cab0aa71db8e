using System.Text;
using System.Xml.Linq;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Managers;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Farm.Server.Hosting.PageKeys;

/// <summary>Keeps the data protection keys in the database, so that a page of one manager can be sent back to another.</summary>
internal sealed class SharedKeyRepository(FarmStore store) : IXmlRepository
{
    private const string Prefix = "pages/";

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. store.Read(db => FarmKeyTable.Beginning(db, Prefix)).Select(value => XElement.Parse(Encoding.UTF8.GetString(value)))];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) => store
        .WriteAsync(tx => FarmKeyTable.GetOrAdd(tx.Db, Prefix + friendlyName, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting))))
        .GetAwaiter().GetResult();
}
