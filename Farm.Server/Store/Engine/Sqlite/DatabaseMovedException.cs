namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>The database file was moved, replaced or deleted while it is in use.</summary>
internal sealed class DatabaseMovedException() : IOException("The database file was moved, replaced or deleted.");
