namespace Farm.Dashboard.Ports;

/// <summary>
/// The people of the farm, for administrators. An action returns when it is on disk, or throws <see cref="FarmActionException"/> and changes nothing.
/// Scoped, because not everybody may see them.
/// </summary>
public interface IFarmAccounts
{
    /// <summary>All people, first those who wait; null for a visitor who may not see them.</summary>
    Task<PeopleList?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Adds a person, who may sign in at once.</summary>
    Task AddAsync(string username, string password, AccountRole role, CancellationToken cancellationToken);

    /// <summary>Adds a person who chooses the password with a code.</summary>
    Task<PasswordCodeShown> InviteAsync(string username, AccountRole role, CancellationToken cancellationToken);

    /// <summary>Lets a person sign in.</summary>
    Task ActivateAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Sets the role of a person.</summary>
    Task SetRoleAsync(Guid id, AccountRole role, CancellationToken cancellationToken);

    /// <summary>Sets the password of somebody else, and ends their sessions.</summary>
    Task SetPasswordAsync(Guid id, string password, CancellationToken cancellationToken);

    /// <summary>Makes a code with which somebody else sets a new password.</summary>
    Task<PasswordCodeShown> MakeCodeAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Ends all sessions of a person.</summary>
    Task EndSessionsAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Makes a token of a person useless.</summary>
    Task RemoveTokenAsync(long id, CancellationToken cancellationToken);

    /// <summary>Removes a person's account.</summary>
    Task RemoveAsync(Guid id, CancellationToken cancellationToken);
}
