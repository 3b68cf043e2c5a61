namespace Lanthorn.Storage;

/// <summary>
/// A clear no of the store, with the way out in its message: not a bug, so it is worded for the person who asked.
/// </summary>
public sealed class RefusedByStoreException(string message) : Exception(message);
