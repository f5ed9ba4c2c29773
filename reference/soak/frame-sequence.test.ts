import t from 'tap';
import { FrameSequence } from './frame-sequence.ts';

const lost = (numbers: string) => `frames ${numbers} of its worker are lost`;

function frame(sent: number, refused: number[] = [], worker = 'w') {
  return { worker, sent, refused, only: 'c' };
}

t.test(
  'a gap is accepted where the worker says that exactly these frames were refused',
  async (t) => {
    const sequence = new FrameSequence();
    t.equal(sequence.take(frame(1), true, 5), undefined);
    t.equal(sequence.take(frame(4), true, 5), undefined, 'it may not have heard of it yet');
    t.equal(sequence.answered(4), undefined, 'nor when this request was made');
    t.equal(sequence.take(frame(5, [2]), true, 6), undefined);
    t.equal(sequence.take(frame(6, [2, 3]), true, 6), undefined);
    t.equal(sequence.answered(5), undefined);
  },
);

t.test('a gap is a loss where a later request is answered without a word of it', async (t) => {
  const sequence = new FrameSequence();
  t.equal(sequence.take(frame(4), true, 5), undefined);
  t.equal(sequence.take(frame(5, [2]), true, 6), undefined);
  t.equal(sequence.answered(4), undefined);
  t.equal(sequence.answered(5), lost('1,3'));
  t.equal(sequence.answered(6), undefined, 'told once');
});

t.test('what was refused has not come', async (t) => {
  const sequence = new FrameSequence();
  sequence.take(frame(1), true, 1);
  t.equal(sequence.take(frame(2, [1]), true, 1), 'frames 1 of its worker were refused, but came');
});

t.test('what others got is no gap, and the refusals of others are not judged', async (t) => {
  const sequence = new FrameSequence();
  const { worker } = frame(1);
  t.equal(sequence.take(frame(2), true, 5), undefined);
  t.equal(
    sequence.take({ worker, sent: 3, refused: [] }, false, 5),
    undefined,
    'one more is there',
  );
  t.equal(sequence.answered(5), undefined, 'and has got the first');
  t.equal(sequence.take({ worker, sent: 4, refused: [1, 2] }, false, 5), undefined);
  t.equal(sequence.take(frame(4), false, 5), 'frame 4 of its worker came after 4');
});

t.test('the next worker begins anew, and the last one does not come back', async (t) => {
  const sequence = new FrameSequence();
  t.equal(sequence.take(frame(3), true, 1), undefined, 'it was lost before it could say more');
  t.equal(sequence.take(frame(2, [1], 'next'), true, 1), undefined);
  t.equal(sequence.answered(1), undefined);
  t.equal(sequence.worker, 'next');
  t.equal(sequence.take(frame(4), true, 1), 'went back to a worker that it had left');
});
