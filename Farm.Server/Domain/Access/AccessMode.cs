namespace Farm.Server.Domain.Access;

/// <summary>What people without an account may do from other machines: the setting <c>access</c>.</summary>
internal enum AccessMode
{
    /// <summary>Look, submit jobs, and control those that they submitted from the same machine.</summary>
    Submit,

    /// <summary>Control all jobs and workers, as on a Flamenco manager. Administration always needs an account.</summary>
    Open,

    /// <summary>Nothing but sign in: everything needs an account or a token.</summary>
    Closed,
}
