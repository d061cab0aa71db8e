namespace Farm.Dashboard.Ports;

/// <summary>The user of a circuit. Scoped.</summary>
public interface IFarmPeople
{
    /// <summary>Reads who is signed in; null for nobody.</summary>
    Task<Visitor?> ReadVisitorAsync(CancellationToken cancellationToken);

    /// <summary>Whether the user may see anything but the pages to sign in and to set up.</summary>
    Task<bool> MayLookAsync(CancellationToken cancellationToken);

    /// <summary>Whether the farm has an administrator. Until then, only its own machine may change anything.</summary>
    Task<bool> IsSetUpAsync(CancellationToken cancellationToken);
}

/// <summary>A signed-in user.</summary>
/// <param name="Username">The name.</param>
/// <param name="IsAdministrator">Whether the user may manage every project.</param>
public sealed record Visitor(string Username, bool IsAdministrator);
