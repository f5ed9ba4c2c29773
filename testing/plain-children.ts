import processOnSpawn from 'process-on-spawn';

/**
 * Loaded before every test file. Without it the test runner is loaded into each process that a test
 * starts, however deep: that is no process as users have it, and its start takes three times as long.
 */
processOnSpawn.addListener((options) => {
  const { NODE_OPTIONS: _, ...env } = options.env;
  options.env = env;
});
