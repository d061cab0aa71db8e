namespace Farm.Dashboard.Ports;

/// <summary>Links to the dashboard's style sheets and scripts.</summary>
public interface IAssetLinks
{
    /// <summary>The link to an embedded file, e.g. <c>theme/farm.css</c>, relative to the base address and versioned by content.</summary>
    string LinkTo(string path);
}
