namespace Farm.Dashboard.Ports;

/// <summary>
/// The account of the visitor. An action returns when it is on disk, or throws <see cref="FarmActionException"/> and changes nothing. Scoped.
/// </summary>
public interface IOwnAccount
{
    /// <summary>The account; null when nobody is signed in.</summary>
    Task<OwnAccount?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Changes the password, and ends the other sessions.</summary>
    /// <param name="present">The present one.</param>
    /// <param name="password">The new one.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    Task ChangePasswordAsync(string present, string password, CancellationToken cancellationToken);

    /// <summary>Ends one session.</summary>
    Task EndSessionAsync(long id, CancellationToken cancellationToken);

    /// <summary>Ends all sessions but this one.</summary>
    Task EndOtherSessionsAsync(CancellationToken cancellationToken);

    /// <summary>Ends all sessions, also this one.</summary>
    Task EndAllSessionsAsync(CancellationToken cancellationToken);

    /// <summary>Makes a token, and returns its secret, which the farm does not keep.</summary>
    /// <param name="name">What it is for.</param>
    /// <param name="role">The most that its user is; one of <see cref="OwnAccount.TokenRoles"/>.</param>
    /// <param name="projectId">The only project in which it acts; null for all.</param>
    /// <param name="days">After how many days it stops working; null for never.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    Task<string> MakeTokenAsync(string name, string role, long? projectId, int? days, CancellationToken cancellationToken);

    /// <summary>Makes a token useless.</summary>
    Task RemoveTokenAsync(long id, CancellationToken cancellationToken);

    /// <summary>Removes the account.</summary>
    Task RemoveAsync(CancellationToken cancellationToken);
}
