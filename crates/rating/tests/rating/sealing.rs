//! Who can open answers, and whose they are.

use super::sample::{SECRET, any_bundle, any_task, bundle, earlier, points, task};
use assay_rating::envelope::{AnswerKey, Envelope, EnvelopeError, SealedAnswers, of_answers, open};
use assay_rating::owner::{INVITATION_CHARACTERS, Invitation, OwnerSecret};
use assay_rating::pool::{Decisions, Pool, RaterKey};
use assay_rating::project::{Aside, Event, Origin, Outcome};
use assay_rating::task::Sealing;
use assay_rating::{Bundle, Project, Task};
use data_encoding::BASE64URL_NOPAD;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

/// Version, contents, length of the body, checksum.
const HEAD: usize = 14;
/// The task's id, its hash, the sender's public key.
const ADDRESS: usize = 8 + 16 + 32;

fn sealed(text: &str) -> SealedAnswers {
    match open(text) {
        Ok(Envelope::Answers(sealed)) => sealed,
        other => panic!("{other:?}"),
    }
}

/// A task whose items are divided among three raters.
fn shared_out() -> Task {
    let mut task = task();
    task.items.truncate(4);
    (task.slots, task.overlap) = (3, 3);
    task
}

fn answers_of(task: &Task, device: u64, slot: u16) -> Bundle {
    Bundle {
        slot: Some(slot),
        ..bundle(task, device, "Ann", &[(0, 1, points([1; 8]))])
    }
}

fn project(task: Task) -> Project {
    let origin = |row| Origin {
        row,
        systems: vec![0, 1],
        wrong: None,
    };
    Project {
        systems: vec!["base".into(), "tuned".into()],
        origins: (0..task.items.len()).map(origin).collect(),
        envelope: String::new(),
        locked: false,
        files: Vec::new(),
        made: 0.0,
        secret: Some(SECRET),
        task,
    }
}

/// An envelope whose bytes were changed by somebody who mends the checksum.
fn mended(text: &str, change: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut bytes = BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
    change(&mut bytes);
    let length = (bytes.len() - HEAD) as u32;
    bytes[2..6].copy_from_slice(&length.to_le_bytes());
    let mut digest = Sha256::new();
    digest.update(&bytes[..6]);
    digest.update(&bytes[HEAD..]);
    bytes[6..HEAD].copy_from_slice(&digest.finalize()[..8]);
    BASE64URL_NOPAD.encode(&bytes)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Another rater holds the task, so its key, id and hash, and what such a rater can try with them.
    #[test]
    fn another_rater_cannot_open_answers(
        (task, bundle) in any_task().prop_flat_map(|t| (Just(t.clone()), any_bundle(t))),
        random in any::<[u8; 32]>(), other in any::<[u8; 32]>(),
    ) {
        prop_assume!(task.sealing == Sealing::OwnerKey && other != SECRET.0);
        let sealed = sealed(&of_answers(&bundle, &task, None, random));
        let other = OwnerSecret(other);
        let public_as_secret = OwnerSecret(task.key);
        for key in [AnswerKey::Shared(&task.key), AnswerKey::Owner(&public_as_secret), AnswerKey::Owner(&other)] {
            prop_assert_eq!(sealed.open(key), Err(EnvelopeError::Forged));
        }
        prop_assert_eq!(sealed.open(AnswerKey::Owner(&SECRET)).map(|a| a.bundle), Ok(bundle));
    }

    #[test]
    fn answers_that_were_changed_on_their_way_do_not_open(
        at in any::<proptest::sample::Index>(), bit in 0u8..8, random in any::<[u8; 32]>(),
    ) {
        let task = shared_out();
        let invitation = SECRET.invitation(task.id, 1);
        let text = of_answers(&answers_of(&task, 7, 1), &task, Some(invitation), random);
        let changed = mended(&text, |bytes| {
            let at = HEAD + at.index(bytes.len() - HEAD);
            bytes[at] ^= 1 << bit;
        });
        // The top bit of a public key means nothing, and is a part of what is authenticated.
        prop_assert_eq!(sealed(&changed).open(AnswerKey::Owner(&SECRET)), Err(EnvelopeError::Forged));
        prop_assert!(sealed(&text).open(AnswerKey::Owner(&SECRET)).is_ok());
    }

    /// Who was not invited under a number guesses the secret, uses another task's or another number's.
    #[test]
    fn answers_under_a_number_whose_invitation_they_lack_are_set_aside(
        guessed in any::<[u8; 16]>(), slot in 0u16..3, other in 0u16..3, random in any::<[u8; 32]>(),
    ) {
        let project = project(shared_out());
        let task = &project.task;
        let given = answers_of(task, 9, slot);
        let guessed = Invitation::from_text(&BASE64URL_NOPAD.encode(&guessed)).unwrap();
        let of_other_task = SECRET.invitation(task.id ^ 1, slot);
        let of_other_owner = OwnerSecret([1; 32]).invitation(task.id, slot);
        let of_other_number = SECRET.invitation(task.id, other);
        let forged = [Some(guessed), Some(of_other_task), Some(of_other_owner),
            (other != slot).then_some(of_other_number)];
        let reason = Aside::Unreadable { error: EnvelopeError::WrongInvitation { number: slot + 1 } };
        for invitation in forged.into_iter().flatten() {
            let text = of_answers(&given, task, Some(invitation), random);
            prop_assert_eq!(project.read(&text), Err(reason.clone()));
        }
        let own = of_answers(&given, task, Some(SECRET.invitation(task.id, slot)), random);
        prop_assert_eq!(project.read(&own).map(|a| a.invited), Ok(true));
    }

    #[test]
    fn the_bytes_of_answers_are_where_the_format_says(
        (task, bundle) in any_task().prop_flat_map(|t| (Just(t.clone()), any_bundle(t))),
        random in any::<[u8; 32]>(),
    ) {
        let text = of_answers(&bundle, &task, None, random);
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
        let is_earlier = task.sealing == Sealing::SharedKey;
        prop_assert_eq!(bytes[..2].to_vec(), vec![if is_earlier { 2 } else { 4 }, 2]);
        prop_assert_eq!(u32::from_le_bytes(bytes[2..6].try_into().unwrap()) as usize, bytes.len() - HEAD);
        prop_assert_eq!(&bytes[HEAD..HEAD + 8], &task.id.to_le_bytes());
        prop_assert_eq!(&bytes[HEAD + 8..HEAD + 24], &task.hash());
        if is_earlier {
            prop_assert_eq!(&bytes[HEAD + 24..HEAD + 36], &random[..12]);
        } else {
            let sender = x25519_dalek::x25519(random, x25519_dalek::X25519_BASEPOINT_BYTES);
            prop_assert_eq!(&bytes[HEAD + 24..HEAD + ADDRESS], &sender);
        }
        // A proof takes sixteen bytes and nothing else.
        let slot = bundle.slot.unwrap_or_default();
        let invited = of_answers(&bundle, &task, Some(SECRET.invitation(task.id, slot)), random);
        let longer = BASE64URL_NOPAD.decode(invited.as_bytes()).unwrap().len() - bytes.len();
        prop_assert_eq!(longer, if is_earlier { 0 } else { 16 });
    }
}

#[test]
fn two_envelopes_of_the_same_answers_share_no_sealed_byte_string() {
    let task = task();
    let given = bundle(&task, 5, "Ann", &[(0, 1, points([1; 8]))]);
    let of = |random: u8| {
        let text = of_answers(&given, &task, None, [random; 32]);
        BASE64URL_NOPAD.decode(text.as_bytes()).unwrap()[HEAD + 24..].to_vec()
    };
    let (first, second) = (of(1), of(2));
    let same = first.iter().zip(&second).filter(|(a, b)| a == b).count();
    assert!(same < first.len() / 8, "{same} of {}", first.len());
}

/// Values of Python's `cryptography` 48 and `hmac`: X25519 and HKDF-SHA-256 as the format names them.
#[test]
fn keys_follow_from_the_owners_secret_as_another_implementation_derives_them() {
    let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
    assert_eq!(
        hex(&SECRET.public_key()),
        "2196faa745b9854c165b37a8d70cd7e6fc77b6462961a27c7e9ec0a955d9751b"
    );
    let invitation = SECRET.invitation(0x1234_5678_9abc_def0, 2).to_text();
    let bytes = BASE64URL_NOPAD.decode(invitation.as_bytes()).unwrap();
    assert_eq!(hex(&bytes), "21dccc8eded84c2298989be5197f4190");
}

#[test]
fn an_earlier_task_opens_with_the_key_in_it_and_never_with_an_owners() {
    let task = earlier(task());
    let given = bundle(&task, 5, "Ann", &[(0, 1, points([1; 8]))]);
    let answers = sealed(&of_answers(&given, &task, None, [9; 32]));
    assert_eq!((answers.task, answers.hash), (task.id, task.hash()));
    let wrong = AnswerKey::Shared(&[1; 32]);
    assert_eq!(answers.open(wrong), Err(EnvelopeError::Forged));
    let owner = AnswerKey::Owner(&SECRET);
    assert_eq!(answers.open(owner), Err(EnvelopeError::Forged));
    let opened = answers.open(AnswerKey::Shared(&task.key)).unwrap();
    assert_eq!((opened.bundle, opened.invited), (given, false));
}

/// The key in the task is public: answers that are sealed with it as if it were secret, as anybody could, are refused.
#[test]
fn the_public_key_opens_nothing_as_a_shared_key() {
    let project = project(task());
    let mut downgraded = project.task.clone();
    downgraded.sealing = Sealing::SharedKey;
    let mut given = bundle(&project.task, 5, "Eve", &[(0, 1, points([5; 8]))]);
    given.hash = project.task.hash();
    let text = of_answers(&given, &downgraded, None, [9; 32]);
    let error = EnvelopeError::Forged;
    assert_eq!(project.read(&text), Err(Aside::Unreadable { error }));
}

#[test]
fn a_public_key_of_low_order_is_refused() {
    let text = of_answers(&bundle(&task(), 5, "", &[]), &task(), None, [9; 32]);
    let changed = mended(&text, |bytes| bytes[HEAD + 24..HEAD + ADDRESS].fill(0));
    let opened = sealed(&changed).open(AnswerKey::Owner(&SECRET));
    assert_eq!(opened, Err(EnvelopeError::Forged));
}

#[test]
fn a_claimed_number_is_not_counted_as_the_rater_who_proved_it() {
    let project = project(shared_out());
    let task = &project.task;
    let invitation = SECRET.invitation(task.id, 1);
    let proved = of_answers(&answers_of(task, 1, 1), task, Some(invitation), [1; 32]);
    let claimed = of_answers(&answers_of(task, 2, 1), task, None, [2; 32]);
    let envelopes = vec![proved, claimed];
    let gathered = project.gather(&[Event::Came { envelopes }]);
    let said = gathered.outcomes.iter().map(|outcome| match outcome {
        Outcome::Merged { invited, .. } => *invited,
        other => panic!("{other:?}"),
    });
    let said: Vec<Option<bool>> = said.collect();
    assert_eq!(said, [Some(true), Some(false)]);
    let raters = gathered.pool.raters(&gathered.decisions);
    let keys: Vec<&RaterKey> = raters.iter().map(|r| &r.key).collect();
    let name = "ann".to_owned();
    assert_eq!(
        keys,
        [
            &RaterKey::Named(Some(1), name.clone()),
            &RaterKey::Invited(1, name)
        ]
    );
    assert_eq!(
        raters.iter().map(|r| r.invited).collect::<Vec<_>>(),
        [false, true]
    );
}

/// A rater whose first link had lost its secret sends the same device's answers again with it: one rater, not two.
#[test]
fn a_device_that_proves_its_invitation_later_is_one_rater_in_any_order() {
    let task = shared_out();
    let given = answers_of(&task, 1, 2);
    let pools = [[false, true], [true, false]].map(|order| {
        let mut pool = Pool::default();
        for invited in order {
            match invited {
                true => pool.add_invited(&given),
                false => pool.add(&given),
            };
        }
        pool
    });
    assert_eq!(pools[0], pools[1]);
    let raters = pools[0].raters(&Decisions::default());
    assert_eq!((raters.len(), raters[0].invited), (1, true));
}

#[test]
fn an_invitation_is_its_letters_and_its_secret_is_not_printed() {
    let invitation = SECRET.invitation(7, 3);
    let text = invitation.to_text();
    assert_eq!(text.len(), INVITATION_CHARACTERS);
    assert_eq!(Invitation::from_text(&text), Some(invitation));
    for bad in [
        "",
        "abc",
        &text[1..],
        &format!("{text}A"),
        "######################",
    ] {
        assert_eq!(Invitation::from_text(bad), None, "{bad}");
    }
    assert_eq!(
        format!("{invitation:?} {SECRET:?}"),
        "Invitation OwnerSecret"
    );
}
