namespace Farm.Server.Store.Views.Workers;

/// <summary>A tag, which restricts jobs to the workers that have it.</summary>
/// <param name="Uuid">The id that clients see.</param>
/// <param name="Name">The display name; unique.</param>
/// <param name="Description">What it is for; may be empty.</param>
internal record WorkerTag(Guid Uuid, string Name, string Description);
