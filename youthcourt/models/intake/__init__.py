"""From the referral to the signed agreement."""
