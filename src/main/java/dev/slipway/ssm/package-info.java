/// A script on machines that [AWS Systems
/// Manager](https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command.html) manages:
/// finds them, sends the script once, waits for every one of them, and brings back what they say.
@NullMarked
package dev.slipway.ssm;

import org.jspecify.annotations.NullMarked;
